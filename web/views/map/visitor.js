// What the model answers for the visitor's profile on the map.

const N_RECOMMENDED = 12;
/** Earlier places of the visitor that are drawn. */
const MAX_TRAIL = 8;

/** The visitor as `MapState.setVisitor` takes it. */
export async function askForVisitor({ foldin, profile, hasLiked, request }) {
  const { liked, ...others } = profile.toRequest();
  // The earlier places are those of the earlier likes alone.
  const earlier = [];
  for (let n = Math.max(1, liked.length - MAX_TRAIL); n < liked.length; n++) {
    earlier.push(foldin.place({ liked: liked.slice(0, n) }));
  }
  const [places, place, { items }] = await Promise.all([
    Promise.all(earlier),
    foldin.place({ liked, ...others }),
    foldin.recommend({ liked, ...others }, { ...(await request()), k: N_RECOMMENDED, reasons: false }),
  ]);
  return {
    liked: profile.ids().filter(hasLiked),
    recommended: items.map(({ id }) => id),
    place,
    trail: places.filter(Boolean),
  };
}
