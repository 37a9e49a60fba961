import "foldin/element";
import { useRecommendations } from "foldin/react";

export function Page() {
  const { items } = useRecommendations({ k: 3 });
  return (
    <main>
      <foldin-picker src="model/manifest.json" className="picker" />
      <foldin-recommendations k={3} liked={items.map(({ id }) => id)} texts={{ heading: "For you" }} controls />
      {/* @ts-expect-error: k is a number */}
      <foldin-recommendations k={{}} />
    </main>
  );
}
