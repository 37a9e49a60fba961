import "foldin/element";
import { useRecommendations } from "foldin/vue";
import { createApp, h, ref } from "vue";

createApp({
  setup() {
    const k = ref(3);
    const hook = useRecommendations(() => ({ src: "model/manifest.json", k: k.value, profileKey: null }));
    const more = () => {
      k.value = 4;
    };
    const list = () => ({
      id: "list",
      src: "model/manifest.json",
      k: k.value,
      liked: [],
      controls: true,
      genres: null,
    });
    return () => [
      h("button", { id: "more", onClick: more }, "More"),
      h("foldin-recommendations", { ...list(), texts: { retry: "Again" } }),
      h("foldin-recommendations", { id: "cards", src: "model/manifest.json", k: "2", texts: '{"retry":"Again"}' }, [
        h("template", [h("article", { class: "card" }, "{title}")]),
      ]),
      h("button", { id: "hook", "data-state": hook.value.state }, hook.value.items.map(({ id }) => id).join()),
    ];
  },
}).mount("#root");
