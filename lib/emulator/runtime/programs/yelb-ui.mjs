// Stands in for yelb-ui: a page with the votes, and everything below /api passed on to yelb-appserver.
import { call, parsed } from './call.mjs'
import { ownHostname, readPort } from './identity.mjs'
import { findHost } from './search-domain.mjs'
import { callIdOf, json, notFound, serve } from './serve.mjs'
import { yelbPage } from './yelb-ui-page.mjs'

// The original's images knew it by the one or the other variable, in this order of age.
const appserver =
  process.env.YELB_APPSERVER_ENDPOINT || `http://${process.env.APPSERVER_HOST || 'yelb-appserver'}:4567`

/** @param {string} path @param {string | undefined} callId */
async function callAppserver(path, callId) {
  const url = new URL(/^https?:\/\//i.test(appserver) ? appserver : `http://${appserver}`)
  try {
    url.hostname = await findHost(url.hostname)
  } catch {
    // Not found under any name: the call itself says so, with the name that was asked for.
  }
  return call(`${url.origin}${path}`, callId)
}

/** @param {import('./call.mjs').Answered | import('./call.mjs').Failed} outcome */
const passOn = (outcome) =>
  'error' in outcome
    ? json({ error: `${outcome.url}: ${outcome.error}`, hostname: ownHostname }, 502)
    : { status: outcome.status, body: outcome.body }

/** @param {string | undefined} callId @param {string | undefined} votedFor */
async function page(callId, votedFor) {
  const [stats, votes] = await Promise.all([
    callAppserver('/api/getstats', callId),
    callAppserver('/api/getvotes', callId),
  ])
  const failed = [stats, votes].find((one) => 'error' in one || one.status >= 400)
  return {
    type: 'text/html; charset=utf-8',
    body: yelbPage({
      hostname: ownHostname,
      appserver,
      votedFor,
      ...(failed
        ? { failure: 'error' in failed ? failed.error : failed.body }
        : {
            stats: 'body' in stats ? parsed(stats.body) : undefined,
            votes: 'body' in votes ? parsed(votes.body) : undefined,
          }),
    }),
  }
}

serve('stand-in for yelb-ui', readPort(80), async (request, url) => {
  const callId = callIdOf(request)
  if (url.pathname.startsWith('/api/')) return passOn(await callAppserver(url.pathname, callId))
  if (url.pathname === '/') return page(callId, undefined)
  const votedFor = url.pathname === '/vote' ? url.searchParams.get('for') : null
  if (votedFor === null || !/^[a-z]{1,20}$/.test(votedFor)) return notFound(url)
  await callAppserver(`/api/${votedFor}`, callId)
  return page(callId, votedFor)
})
