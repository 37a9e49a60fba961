// What the rooms call things: sources and strategies in plain words, and numbers as people read them.

/** Every strategy: its name, and in a sentence what it does. */
export const STRATEGIES = {
  hybrid: ["Hybrid", "Asks all the others, and orders what they name by what training learned of them: foldin itself."],
  taste: ["Taste", "Places you among the people who rated, and looks for titles that fit that place."],
  neighbours: ["Neighbours", "Counts what the people who like your titles like as well."],
  ease: ["EASE", "Predicts from all your likes at once, by a weight from title to title."],
  sequence: ["Sequence", "Looks at what people liked next, after what you liked last."],
  content: ["Content", "Looks for the same genres, tags and words. It knows nothing of other people."],
  popular: ["Popular", "The most liked titles: the same list for everybody."],
  recent: ["Recent", "What was liked much lately: the same list for everybody."],
  "top-rated": ["Top rated", "The titles with the best stars: the same list for everybody."],
  diverse: ["Diverse", "The hybrid's list, where titles that are alike make room for each other."],
};

/** The name of a strategy or source; one that is not known here keeps its own. */
export function nameOf(strategy) {
  return STRATEGIES[strategy]?.[0] ?? strategy;
}

/** A number with at most so many digits after the point. */
export function figure(value, digits = 2) {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A number with its sign, a proper minus too. */
export function signed(value, digits = 2) {
  const shown = figure(Math.abs(value), digits);
  if (Number(shown) === 0) return shown;
  return `${value < 0 ? "\u2212" : "+"}${shown}`;
}

/** `1st`, `22nd`. */
export function ordinal(n) {
  const last = n % 100;
  const ending = last >= 11 && last <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n.toLocaleString("en")}${ending}`;
}

/** `a, b and c`. */
export function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
