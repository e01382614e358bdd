// `settings` is defined before this: the API key, and the address of the document.
const METHODS = ["get", "put", "post", "delete", "patch"];

// Shows the services whose operations are all deprecated, or the others.
const only = (spec, wanted) => {
  const operations = Object.values(spec.paths).flatMap((path) =>
    METHODS.filter((method) => method in path).map((method) => path[method]));
  const current = new Set(
    operations.filter((operation) => !operation.deprecated).flatMap((operation) => operation.tags));
  const isWanted = (name) => current.has(name) !== wanted;
  const paths = Object.entries(spec.paths).filter(([, path]) =>
    METHODS.some((method) => path[method]?.tags.some(isWanted)));
  return {
    ...spec,
    tags: spec.tags.filter((tag) => isWanted(tag.name)),
    paths: Object.fromEntries(paths),
  };
};

const show = (spec, dom_id) => {
  const viewer = SwaggerUIBundle({
    spec,
    dom_id,
    docExpansion: "none",
    defaultModelsExpandDepth: -1,
    filter: true,
    displayOperationId: true,
    tryItOutEnabled: true,
    // No external validator: the document stays on this machine.
    validatorUrl: null,
    onComplete: () => {
      for (const scheme of Object.keys(spec.components.securitySchemes)) {
        viewer.preauthorizeApiKey(scheme, settings.key);
      }
    },
  });
  return viewer;
};

fetch(settings.document)
  .then((response) => response.json())
  .then((spec) => {
    window.viewer = show(only(spec, false), "#viewer");
    const deprecated = only(spec, true);
    const details = document.querySelector("#deprecated");
    const summary = details.querySelector("summary");
    summary.textContent = `${deprecated.tags.length} deprecated services`;
    details.hidden = deprecated.tags.length === 0;
    // There are many, and they are rarely needed.
    details.addEventListener("toggle", () => show(deprecated, "#deprecated-viewer"), { once: true });
  });
