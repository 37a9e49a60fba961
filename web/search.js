// Searching beyond titles: by genre, year, decade, and by tags such as a director's name; and sequels by either numeral.

/** Titles that the field shows. */
const N_FOUND = 8;
/** So many of the best known titles are searched by their tags: of a large catalogue, all would take too long. */
const N_BEST_KNOWN = 5000;
const ROMAN = ["ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
/** What people call genres. */
const ALSO = { "sci fi": "science fiction", scifi: "science fiction", sf: "science fiction", romcom: "romance" };

/**
 * @param {import("./foldin/foldin.d.ts").Foldin} foldin
 * @returns {(text: string) => Promise<object[]>} the titles for a text: those whose title matches, and those of the genre,
 * year or tag that it names
 */
export function createSearch(foldin) {
  let tags;
  /** The ids of titles by tag, most liked first. */
  const byTag = () => {
    tags ??= foldin.popular({ k: Math.min(foldin.info.items, N_BEST_KNOWN) }).then(({ items }) => indexOfTags(items));
    return tags;
  };
  const popular = async (where) => (await foldin.popular({ where, k: N_FOUND })).items;
  const inTitles = async (text) => {
    const answers = await Promise.all(spellings(text).map((one) => foldin.search(one, { k: N_FOUND })));
    return answers.flatMap(({ items }) => items);
  };

  return async (text) => {
    const genre = genreIn(text, foldin.info.genres);
    const years = yearsIn(text);
    if (genre && years) return popular({ genres: [genre], years });
    const [titles, index] = await Promise.all([inTitles(text), byTag()]);
    const tagged = taggedWith(text, index);
    const others = genre ? await popular({ genres: [genre] }) : years ? await popular({ years }) : [];
    // Somebody who types a year or a whole genre hardly means a title with a typing error in it.
    const exact = titles.filter(({ title }) => plain(title).includes(plain(text)));
    const found = others.length || tagged.length ? [...exact, ...tagged, ...others] : titles;
    return unique(found).slice(0, N_FOUND);
  };
}

/** A text in lower case, without accents and punctuation. */
export function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The genre that a text names, perhaps beside a year: `comedy 1994`. */
export function genreIn(text, genres) {
  const words = plain(text)
    .replace(/\b\d{4}s?\b/, "")
    .trim();
  const wanted = ALSO[words] ?? words;
  return genres.find((genre) => plain(genre) === wanted || `${plain(genre)}s` === wanted) ?? null;
}

/** The years that a text names: `1994`, `1990s`, perhaps beside a genre. */
export function yearsIn(text) {
  const [, digits, decade] = /\b((?:1[89]|20)\d\d)(s?)\b/.exec(plain(text)) ?? [];
  const rest = plain(text).replace(/\b\d{4}s?\b/, "");
  if (!digits || (rest.trim() && /\d/.test(rest))) return null;
  const first = Number(digits);
  return decade ? [Math.floor(first / 10) * 10, Math.floor(first / 10) * 10 + 9] : [first, first];
}

/** A text, and the same with the other numeral of a sequel: `godfather 2`, `godfather ii`. The text itself is first. */
export function spellings(text) {
  const words = plain(text).split(" ");
  const last = words.at(-1);
  if (words.length < 2) return [text];
  const roman = ROMAN.indexOf(last);
  const other = roman >= 0 ? `${roman + 2}` : /^[2-9]$/.test(last) ? ROMAN[Number(last) - 2] : null;
  if (!other) return [text];
  const another = [...words.slice(0, -1), other].join(" ");
  // The Roman numeral finds the sequel first; the digit is found in titles that have it.
  return roman >= 0 ? [text, another] : [another, text];
}

/** @param {{ id: string, tags: string[] }[]} items */
export function indexOfTags(items) {
  const index = new Map();
  for (const item of items) {
    for (const tag of item.tags) {
      const name = plain(tag);
      if (!index.has(name)) index.set(name, []);
      index.get(name).push(item);
    }
  }
  return index;
}

/** The items of tags of which a text names whole words: `kubrick`, `stanley kubrick`. */
export function taggedWith(text, index) {
  const wanted = plain(text);
  if (wanted.length < 3) return [];
  const named = [...index.keys()].filter((tag) => ` ${tag} `.includes(` ${wanted} `));
  return unique(named.flatMap((tag) => index.get(tag))).toSorted((a, b) => b.likes - a.likes);
}

function unique(items) {
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
