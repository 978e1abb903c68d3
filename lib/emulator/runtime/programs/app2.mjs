// Copilot's app2: says hello.
import { readPort } from './identity.mjs'
import { notFound, serve, text } from './serve.mjs'

serve('app2', readPort(9090), (_request, url) => {
  if (url.pathname === '/ping') return text('pong\n')
  return url.pathname === '/' ? text('Hello from APP2\n') : notFound(url)
})
