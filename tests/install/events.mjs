/** A CSV file of events: readers of two kinds, who like the books of their kind. */
export function events() {
  const lines = ["user,item"];
  for (let user = 0; user < 60; user++) {
    for (let n = 0; n < 8; n++) lines.push(`reader-${user},${user % 2 ? "sea" : "sky"}-${(user * 5 + n * 3) % 20}`);
  }
  return `${lines.join("\n")}\n`;
}
