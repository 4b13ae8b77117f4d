window.onload = () => {
  SwaggerUIBundle({
    dom_id: '#swagger-ui',
    // Relative, so that it also works behind a proxy that mounts the gateway elsewhere.
    url: '../openapi.json',
    layout: 'BaseLayout',
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    tryItOutEnabled: false,
    // Swagger's own server would be asked whether the description is valid.
    validatorUrl: 'none',
  });
};
