// The backend of the service-to-service example: GET /api/data says which task answered.
import { ownHostname, readContainer, readPort } from './identity.mjs'
import { json, notFound, serve } from './serve.mjs'

const service = process.env.SERVICE_NAME ?? readContainer().container
const message = process.env.MESSAGE ?? 'Hello from the backend service!'

serve(service, readPort(8080), (_request, url) => {
  const timestamp = new Date().toISOString()
  if (url.pathname === '/api/data') return json({ service, message, hostname: ownHostname, timestamp })
  if (url.pathname === '/health')
    return json({ status: 'healthy', service, hostname: ownHostname, timestamp })
  if (url.pathname === '/')
    return json({ service, hostname: ownHostname, endpoints: ['/api/data', '/health'] })
  return notFound(url)
})
