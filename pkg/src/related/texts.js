// Texts in the language of the page. crates/foldin-site/src/inject/texts.rs has the same languages.

/**
 * @typedef {object} Texts
 * @property {string} heading above the list
 * @property {string} based what a personal list is based on; short, because a phone has one line for it
 * @property {string} forget the switch
 */

/** @type {Record<string, Texts>} */
const TEXTS = {
  en: { heading: "Read next", based: "from your reading, on this device only", forget: "Forget" },
  de: {
    heading: "Weiterlesen",
    based: "nach Ihrer Lektüre, nur auf diesem Gerät",
    forget: "Vergessen",
  },
  fr: {
    heading: "À lire ensuite",
    based: "d’après vos lectures sur cet appareil",
    forget: "Oublier",
  },
  es: { heading: "Sigue leyendo", based: "según lo leído, solo en este dispositivo", forget: "Olvidar" },
  pt: { heading: "Leia a seguir", based: "com base no que leu, só neste dispositivo", forget: "Esquecer" },
  it: {
    heading: "Continua a leggere",
    based: "dalle tue letture, solo su questo dispositivo",
    forget: "Dimentica",
  },
  nl: { heading: "Lees verder", based: "naar wat u las, alleen op dit apparaat", forget: "Vergeten" },
  pl: {
    heading: "Czytaj dalej",
    based: "na podstawie lektury, tylko na tym urządzeniu",
    forget: "Zapomnij",
  },
  ja: { heading: "次に読む", based: "既読ページに基づく（この端末のみ）", forget: "履歴を消去" },
  zh: { heading: "接下来阅读", based: "根据阅读记录推荐（仅存于此设备）", forget: "清除记录" },
  ar: { heading: "اقرأ أيضًا", based: "بناءً على ما قرأته، على هذا الجهاز فقط", forget: "نسيان" },
  he: { heading: "להמשך קריאה", based: "לפי מה שקראתם, במכשיר הזה בלבד", forget: "לשכוח" },
};

/**
 * @param {string} language such as `en`
 * @returns {Texts}
 */
export function textsOf(language) {
  return /** @type {Texts} */ (TEXTS[language] ?? TEXTS.en);
}
