// The page of a downloaded site: two tags, which anyone can copy into a page of their own.

export const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Recommendations: {name}</title>
    <style>
      body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
    </style>
    <script type="module" src="foldin/element.js"></script>
  </head>
  <body>
    <h1>{name}</h1>
    <!-- Serve this folder from any static host, such as "foldin serve" or "npx serve"; browsers load no modules from a disk. -->
    <foldin-picker src="model/manifest.json"></foldin-picker>
    <foldin-recommendations src="model/manifest.json" k="10"></foldin-recommendations>
  </body>
</html>
`;
