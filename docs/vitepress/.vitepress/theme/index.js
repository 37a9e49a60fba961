// The generator's default theme without its fonts, with foldin's list below each page and a search of the built pages.

import { useData } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { h } from "vue";
import Search from "./Search.vue";
import "./style.css";

/** `foldin site` writes the list into it. Vue leaves alone what it finds inside. */
const readNext = () => h("div", { "data-pagefind-ignore": "", innerHTML: "<foldin-related></foldin-related>" });

export default {
  extends: DefaultTheme,
  Layout: () => {
    const { frontmatter } = useData();
    return h(DefaultTheme.Layout, null, {
      "nav-bar-content-before": () => h(Search),
      ...(frontmatter.value.source ? {} : { "doc-after": readNext }),
    });
  },
  enhanceApp({ router }) {
    if (import.meta.env.SSR) return;
    // A page's list is in its HTML, and what is read counts by page: so pages are loaded in full.
    router.onBeforeRouteChange = (to) => {
      if (new URL(to, location.href).pathname === location.pathname) return true;
      location.assign(to);
      return false;
    };
  },
};
