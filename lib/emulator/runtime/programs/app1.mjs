// Copilot's app1: answers with what app2 said.
import { call } from './call.mjs'
import { readPort } from './identity.mjs'
import { callIdOf, json, notFound, serve, text } from './serve.mjs'

const app2Url = process.env.APP2_URL

serve('app1', readPort(80), async (request, url) => {
  if (url.pathname === '/ping') return text('pong\n')
  if (url.pathname !== '/') return notFound(url)
  if (!app2Url)
    return json({ error: 'APP2_URL is not set; it should name app2, for example app2.test.local:9090.' }, 500)
  const outcome = await call(app2Url, callIdOf(request))
  if ('error' in outcome) return json({ error: `${outcome.url}: ${outcome.error}` }, 502)
  return json({ app2_response: outcome.body.trim() }, outcome.status < 400 ? 200 : 502)
})
