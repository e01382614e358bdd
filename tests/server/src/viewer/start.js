// `settings` stands before this: the API key, and where the document is.
fetch(settings.document)
  .then((answer) => answer.json())
  .then((spec) => {
    const viewer = SwaggerUIBundle({
      spec,
      dom_id: "#viewer",
      docExpansion: "none",
      defaultModelsExpandDepth: -1,
      filter: true,
      displayOperationId: true,
      tryItOutEnabled: true,
      // Only the server knows whether a document is good; nobody else is to be asked.
      validatorUrl: null,
      onComplete: () => {
        for (const scheme of Object.keys(spec.components.securitySchemes)) {
          viewer.preauthorizeApiKey(scheme, settings.key);
        }
      },
    });
    window.viewer = viewer;
  });
