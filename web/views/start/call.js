// A call of `recommend` as it stands in a program, without the DOM.

/**
 * @param {import("../../foldin/foldin.d.ts").Profile} profile
 * @param {import("../../foldin/foldin.d.ts").Request} request
 * @param {import("../../foldin/foldin.d.ts").Profile | null} [partner] the other of a list for two
 */
export function callInWords(profile, request, partner = null) {
  if (!partner) return `const { items } = ${call(profile, request)}`;
  return (
    `// Both are asked, and the titles sorted by the worse of their two places.\n` +
    `const mine = ${call(profile, request)}\nconst theirs = ${call(partner, request)}`
  );
}

function call(profile, request) {
  // The page's own profile has every field.
  const filled = Object.fromEntries(Object.entries(profile).filter(([, ids]) => ids.length));
  return `await foldin.recommend(\n  ${written(filled)},\n  ${written(request)},\n);`;
}

/** JSON with spaces and names without quotes. */
function written(value) {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${written(field)}`);
  return fields.length ? `{ ${fields.join(", ")} }` : "{}";
}
