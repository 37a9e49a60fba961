// What the ranker's features mean, for readers of an explanation. A feature that is not known here shows its name.

const OF_SOURCES = {
  score: "its score there",
  "beside best": "its score beside the best one",
  place: "its place there: 1 for the first, 0 beyond the best hundred",
};

const OTHERS = {
  "neighbours support": "which part of your picks has it as a neighbour",
  "neighbours strongest": "its strongest single tie to one of your picks",
  "sequence newest": "how often it follows what you picked last",
  "content nearest": "how like it is to the nearest of your picks",
  genres: "how common its genres are among your picks",
  "years apart": "years between it and the mean of your picks",
  "years newer": "by how many years it is newer than they are",
  popularity: "doublings of its likes, beside the number of people",
  "popularity place": "its place by popularity: 0 is the most popular",
  "popularity beside profile": "doublings of its likes beside those of your picks",
  "recent beside best": "how much it is liked lately, beside the best",
  "mean stars": "the stars that people give it, held back where they are few",
  "predicted stars": "the stars that you would give, beside the mean of all",
  likes: "how much is known of you; the same for all candidates",
  "profile popularity": "how popular your picks are; the same for all candidates",
  "taste fits": "how well your picks fit together; the same for all candidates",
};

/** In a clause what a feature says. */
export function meaningOf({ name, source }) {
  if (OTHERS[name]) return OTHERS[name];
  return (source && OF_SOURCES[name.slice(source.length + 1)]) ?? "";
}
