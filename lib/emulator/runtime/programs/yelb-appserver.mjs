// Stands in for yelb-appserver: the same paths and answers, over a redis and a database that must both be there.
import { askLines } from './ask-lines.mjs'
import { reason } from './call.mjs'
import { ownHostname, readPort } from './identity.mjs'
import { json, notFound, serve, text } from './serve.mjs'

// With RACK_ENV=custom the original reads both hosts from its environment.
const redisHost = process.env.REDIS_SERVER_ENDPOINT || 'redis-server'
const databaseHost = process.env.YELB_DB_SERVER_ENDPOINT || 'yelb-db'
const restaurants = ['outback', 'bucadibeppo', 'ihop', 'chipotle']

/** @param {string[]} commands @param {number} lines */
const askRedis = (commands, lines) => askLines(redisHost, 6379, `${commands.join('\r\n')}\r\n`, lines)

/** @param {string} command */
const askDatabase = async (command) => {
  const [line = ''] = await askLines(databaseHost, 5432, `${command}\n`, 1)
  if (line.startsWith('error')) throw new Error(line)
  return line
}

/** What of the two stores does not answer, with the reason. */
async function readMissing() {
  const stores = [
    { name: redisHost, port: 6379, asked: askRedis(['PING'], 1) },
    { name: databaseHost, port: 5432, asked: askDatabase('hello') },
  ]
  const outcomes = await Promise.allSettled(stores.map(({ asked }) => asked))
  return stores.flatMap(({ name, port }, index) => {
    const outcome = outcomes[index]
    return outcome?.status === 'rejected' ? [{ name, port, reason: reason(outcome.reason) }] : []
  })
}

async function countPageview() {
  const [, count = '0'] = await askRedis(['PING', 'INCR pageviews'], 2)
  return Number(count.slice(1))
}

async function readVotes() {
  const votes = JSON.parse(await askDatabase('all'))
  return restaurants.map((name) => ({ name, value: votes[name] ?? 0 }))
}

/** The original says `application/json` of a bare number too. @param {string} body */
const bare = (body) => ({ ...text(body), type: 'application/json; charset=utf-8' })

/** @param {string} what the part of the path behind `/api/` */
async function answer(what) {
  if (what === 'pageviews') return bare(String(await countPageview()))
  if (what === 'hostname') return bare(ownHostname)
  if (what === 'getstats') return json({ hostname: ownHostname, pageviews: await countPageview() })
  if (what === 'getvotes') return json(await readVotes())
  return restaurants.includes(what) ? text(await askDatabase(`add ${what}`)) : undefined
}

serve('stand-in for yelb-appserver', readPort(4567), async (_request, url) => {
  const what = /^\/api\/([a-z]+)$/.exec(url.pathname)?.[1]
  if (what === undefined) return notFound(url)
  const missing = await readMissing()
  if (missing.length > 0) {
    const named = missing.map((one) => `${one.name}:${one.port} (${one.reason})`).join(' and ')
    return json(
      { error: `yelb-appserver needs ${named}, and cannot reach it.`, missing, hostname: ownHostname },
      500,
    )
  }
  return (await answer(what)) ?? notFound(url)
})
