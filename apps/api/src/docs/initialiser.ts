/**
 * The script that starts Swagger UI in the browser. It remembers the CSRF token of an operator's session and the
 * access token of a subject's, so that the calls that follow are authorised without copying anything.
 */
export const initialiser = `
'use strict';
let csrfToken = sessionStorage.getItem('abide.csrf');
const ui = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  filter: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  displayRequestDuration: true,
  docExpansion: 'none',
  presets: [window.SwaggerUIBundle.presets.apis],
  requestInterceptor: (request) => {
    request.credentials = 'same-origin';
    if (csrfToken && request.url.includes('/operator/')) request.headers['X-Abide-Csrf'] = csrfToken;
    return request;
  },
  responseInterceptor: (response) => {
    if (response.status >= 300 || !response.url) return response;
    let body;
    try { body = JSON.parse(response.text); } catch { return response; }
    if (body && body.csrfToken) {
      csrfToken = body.csrfToken;
      sessionStorage.setItem('abide.csrf', csrfToken);
    }
    if (body && body.accessToken) ui.preauthorizeApiKey('subject', body.accessToken);
    return response;
  },
});
window.ui = ui;
`;
