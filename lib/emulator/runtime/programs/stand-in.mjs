// Stands in for an image that cannot be run here: listens where it would, says who it is, and calls whom it was told of.
import { createSocket } from 'node:dgram'
import { call, parsed } from './call.mjs'
import { ownAddress, ownHostname, readContainer } from './identity.mjs'
import { callIdOf, json, serve } from './serve.mjs'

const { image, task, cluster, family, container, ports } = readContainer()
const about = `stand-in for ${image}`
const service = process.env.SERVICE_NAME ?? container

/** @param {number} port */
const identity = (port) => ({
  standIn: true,
  image,
  service,
  task,
  cluster,
  family,
  container,
  hostname: ownHostname,
  address: ownAddress,
  port,
  timestamp: new Date().toISOString(),
})

const urlVariables = Object.keys(process.env)
  .filter(
    (name) => name.endsWith('_URL') && /^(https?:\/\/)?[\w.-]+(:\d+)?(\/|$)/i.test(process.env[name] ?? ''),
  )
  .sort()

/** @param {import('./serve.mjs').Request} request @param {URL} url @param {number} port */
async function follow(request, url, port) {
  const named = url.searchParams.get('variable')
  if (named !== null && !urlVariables.includes(named)) {
    const known = urlVariables.length > 0 ? `known: ${urlVariables.join(', ')}` : 'there is none'
    return json(
      { ...identity(port), error: `No variable ${named} with the URL of a service; ${known}.` },
      404,
    )
  }
  const calls = await Promise.all(
    (named === null ? urlVariables : [named]).map(async (variable) => {
      const outcome = await call(process.env[variable] ?? '', callIdOf(request))
      return 'error' in outcome
        ? { variable, ...outcome }
        : { variable, ...outcome, body: parsed(outcome.body) }
    }),
  )
  const failed = calls.some((one) => 'error' in one || one.status >= 500)
  return json({ ...identity(port), calls }, failed ? 502 : 200)
}

for (const { port, protocol } of ports) {
  if (protocol === 'tcp') {
    serve(about, port, (request, url) => {
      if (url.pathname === '/health') return json({ status: 'healthy', ...identity(port) })
      if (url.pathname === '/call' || url.pathname === '/follow') return follow(request, url, port)
      return json(identity(port))
    })
  } else {
    const socket = createSocket('udp4')
    socket.on('message', (message, from) => socket.send(message, from.port, from.address))
    socket.on('error', (error) => {
      console.error(`${about}: udp port ${port}: ${error.message}`)
      process.exit(1)
    })
    socket.bind(port, () => console.log(`${about} on ${ownHostname} echoes udp port ${port}`))
  }
}

if (ports.length === 0) {
  console.log(`${about} on ${ownHostname} has no ports; it only stays alive`)
  // Keeps the process alive; the longest delay a timer can have.
  setInterval(() => undefined, 2_147_483_647)
}
