// Keeps the page for times without a network, and answers the endpoints of recommenders that have a server.

import { serve } from "./foldin/service-worker.js";

serve({ manifest: "model/manifest.json", endpoints: "foldin/", shell: "files.json" });
