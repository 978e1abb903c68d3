// The frontend of the service-to-service example: a page with one button that calls the backend by its name.
import { call, parsed, toUrl } from './call.mjs'
import { frontendPage } from './frontend-page.mjs'
import { ownHostname, readContainer, readPort } from './identity.mjs'
import { callIdOf, json, notFound, serve } from './serve.mjs'

const service = process.env.SERVICE_NAME ?? readContainer().container
const backendUrl = toUrl(process.env.BACKEND_URL ?? 'backend-api.production.local:8080').replace(/\/+$/, '')

/** @param {string} body @param {number} [status] */
const html = (body, status = 200) => ({ status, type: 'text/html; charset=utf-8', body })

/** @param {import('./serve.mjs').Request} request */
async function callBackend(request) {
  const outcome = await call(`${backendUrl}/api/data`, callIdOf(request))
  const works = 'status' in outcome && outcome.status < 400
  const status = works ? 200 : 502
  if (request.headers.accept?.includes('text/html')) {
    return html(frontendPage({ service, hostname: ownHostname, backendUrl, outcome }), status)
  }
  const answer = 'error' in outcome ? { error: outcome.error } : { response: parsed(outcome.body) }
  return json(
    {
      success: works,
      service,
      hostname: ownHostname,
      backend: { url: outcome.url, tookMs: outcome.tookMs, ...answer },
    },
    status,
  )
}

/** @param {import('./serve.mjs').Request} request */
async function health(request) {
  const outcome = await call(`${backendUrl}/health`, callIdOf(request))
  const works = 'status' in outcome && outcome.status < 400
  const reason = 'error' in outcome ? { reason: outcome.error } : {}
  // Its own health alone decides the status: a frontend is not ill because its backend is.
  return json({
    status: 'healthy',
    service,
    hostname: ownHostname,
    backend: { url: backendUrl, status: works ? 'healthy' : 'unhealthy', ...reason },
  })
}

serve(service, readPort(3000), (request, url) => {
  if (url.pathname === '/') return html(frontendPage({ service, hostname: ownHostname, backendUrl }))
  if (url.pathname === '/call-backend') return callBackend(request)
  if (url.pathname === '/health') return health(request)
  return notFound(url)
})
