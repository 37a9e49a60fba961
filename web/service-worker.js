// Makes the page work offline, and answers the HTTP endpoints of the package.

import { serve } from "./foldin/service-worker.js";

serve({ manifest: "model/manifest.json", endpoints: "foldin/", shell: "files.json" });
