// The name of this build of the package. All its files have the same; scripts/build-package.mjs fills it in.

export const BUILD = typeof FOLDIN_BUILD === "string" ? FOLDIN_BUILD : "source";

/** The code of a worker that is of another build than its page; callers never see it. */
export const OTHER_BUILD = /** @type {any} */ ("other-build");
