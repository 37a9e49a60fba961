// What the link test and the documentation site need to know about a Markdown file: its headings, anchors and links.

/** The lines of a file, each with whether it is code: `{ text, number, isCode }`. */
export function lines(markdown) {
  let fence;
  return markdown.split("\n").map((text, index) => {
    const mark = text.match(/^\s*(`{3,}|~{3,})/)?.[1];
    const isCode = fence !== undefined || mark !== undefined;
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence)) fence = undefined;
    return { text, number: index + 1, isCode };
  });
}

/** The headings outside of code: `{ level, title }`. */
export function headings(markdown) {
  return lines(markdown)
    .filter(({ isCode }) => !isCode)
    .flatMap(({ text }) => {
      const heading = text.match(/^(#{1,6})\s+(.*?)\s*#*$/);
      return heading ? [{ level: heading[1].length, title: plain(heading[2]) }] : [];
    });
}

/** The anchors of all headings, as a host of repositories makes them: a title that comes again gets a number. */
export function anchors(markdown) {
  const times = new Map();
  return headings(markdown).map(({ title }) => {
    const slug = slugOf(title);
    const before = times.get(slug) ?? 0;
    times.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** The anchor of a title: lower case, without punctuation, with hyphens for spaces. */
export function slugOf(title) {
  return title
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** The addresses of links and pictures outside of code, each with its line: `{ address, line }`. */
export function links(markdown) {
  return lines(markdown).flatMap(({ text, number, isCode }) =>
    isCode ? [] : [...withoutCode(text).matchAll(LINK)].map((found) => ({ address: found[2], line: number })),
  );
}

/** The file with other addresses in its links: `change(address)` gives each. */
export function changeLinks(markdown, change) {
  const changed = lines(markdown).map(({ text, isCode }) => {
    if (isCode) return text;
    // The same places as in the text without code, from the last to the first.
    return [...withoutCode(text).matchAll(LINK)].reverse().reduce((line, found) => {
      const at = found.index + found[1].length;
      return line.slice(0, at) + change(found[2]) + line.slice(at + found[2].length);
    }, text);
  });
  return changed.join("\n");
}

/** The texts in backticks outside of blocks of code, each with its line: `{ text, line }`. */
export function codeSpans(markdown) {
  return lines(markdown).flatMap(({ text, number, isCode }) =>
    isCode ? [] : [...text.matchAll(/(?<!`)`([^`]+)`(?!`)/g)].map((found) => ({ text: found[1], line: number })),
  );
}

const LINK = /(\]\()([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)(?=\)|\s+")/g;

/** The line with spaces for the code in it, so that all places stay. */
function withoutCode(line) {
  return line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, (code) => " ".repeat(code.length));
}

/** A title without marks: the texts of links, and code without backticks. */
function plain(title) {
  return title.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[`*]/g, "");
}
