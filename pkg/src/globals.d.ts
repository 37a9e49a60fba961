/** Version and hash of the build; undefined in the sources. */
declare const FOLDIN_BUILD: string | undefined;
