// Makes the content of a test site: articles about a few topics, the same for the same seed. Generators turn them into
// HTML, readers visit them by topic.

/** What articles are about, with words of each topic in English, German, Japanese and Arabic. */
export const TOPICS = {
  baking: {
    en: "flour yeast oven dough sourdough crust loaf butter sugar cinnamon biscuit rye",
    de: "Mehl Hefe Ofen Teig Sauerteig Kruste Laib Butter Zucker Zimt Keks Roggen",
    ja: "小麦粉 酵母 窯 生地 食パン 皮 砂糖 シナモン 焼き菓子 ライ麦 発酵 温度",
    ar: "دقيق خميرة فرن عجين رغيف قشرة زبدة سكر قرفة بسكويت شعير خبز",
  },
  cycling: {
    en: "wheel chain brake gear saddle mountain tyre pedal frame commute helmet trail",
    de: "Rad Kette Bremse Gang Sattel Berg Reifen Pedal Rahmen Pendeln Helm Pfad",
    ja: "車輪 鎖 制動 変速 鞍 山道 空気圧 踏板 車体 通勤 保護帽 坂道",
    ar: "عجلة سلسلة مكبح ترس سرج جبل إطار دواسة هيكل تنقل خوذة درب",
  },
  astronomy: {
    en: "telescope galaxy planet orbit comet nebula moon eclipse lens meteor star cluster",
    de: "Teleskop Galaxie Planet Umlaufbahn Komet Nebel Mond Finsternis Linse Meteor Stern Haufen",
    ja: "望遠鏡 銀河 惑星 軌道 彗星 星雲 月面 日食 鏡筒 流星 恒星 星団",
    ar: "تلسكوب مجرة كوكب مدار مذنب سديم قمر كسوف عدسة نيزك نجم عنقود",
  },
  gardening: {
    en: "soil seed compost prune hedge tomato rose greenhouse mulch bulb pond harvest",
    de: "Erde Samen Kompost Schnitt Hecke Tomate Rose Gewächshaus Mulch Zwiebel Teich Ernte",
    ja: "土壌 種子 堆肥 剪定 生垣 赤茄子 薔薇 温室 敷草 球根 池 収穫",
    ar: "تربة بذور سماد تقليم سياج طماطم ورد دفيئة نشارة بصيلة بركة حصاد",
  },
  chess: {
    en: "opening gambit endgame bishop knight rook pawn check castle blunder tactic clock",
    de: "Eröffnung Gambit Endspiel Läufer Springer Turm Bauer Schach Rochade Patzer Taktik Uhr",
    ja: "序盤 捨駒 終盤 角行 桂馬 飛車 歩兵 王手 入城 悪手 戦術 時計",
    ar: "افتتاح تضحية ختام فيل حصان قلعة بيدق كش تبييت خطأ تكتيك ساعة",
  },
};

/** The direction of a language's script. */
export function directionOf(language) {
  return language === "ar" ? "rtl" : "ltr";
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Articles, `perTopic` of each topic.
 *
 * @param {{ seed?: number, perTopic?: number, language?: "en" | "de" | "ja" | "ar" }} options
 */
export function articles({ seed = 1, perTopic = 14, language = "en" } = {}) {
  const next = random(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const made = [];
  for (const [topic, languages] of Object.entries(TOPICS)) {
    const words = languages[language].split(" ");
    for (let n = 1; n <= perTopic; n += 1) {
      const [first, second] = [pick(words), pick(words)];
      const sentence = () => Array.from({ length: 6 }, () => pick(words)).join(language === "ja" ? "と" : " ");
      const paragraphs = Array.from({ length: 3 }, () => `${sentence()}. ${sentence()}.`);
      const day = String(1 + Math.floor(next() * 28)).padStart(2, "0");
      made.push({
        slug: `${topic}-${n}`,
        topic,
        title: `${first} & ${second} ${n}`,
        tags: [topic, first.toLowerCase()],
        date: `2024-0${1 + Math.floor(next() * 9)}-${day}`,
        paragraphs,
      });
    }
  }
  return made;
}
