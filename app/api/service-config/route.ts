import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { currentFeed } from '@/lib/feed/feed'
import { readConfig } from '@/lib/inventory/read-config'
import { currentTarget } from '@/lib/target/current'
import { configSubjectOf } from '@/lib/topology/config-subject'

/** The raw configuration behind a card of the map, secrets masked. Only cards of the map can be asked for. */
export const GET = route({ role: 'viewer' }, async (request) => {
  const id = request.nextUrl.searchParams.get('id') ?? ''
  const feed = currentFeed()
  const topology = feed.topology() ?? (await feed.fresh())
  const subject = topology ? configSubjectOf(topology, id) : null
  if (!subject)
    return errorResponse(404, {
      code: 'NoSuchService',
      message: 'The map has no such service now.',
      remedy: 'It may have been deleted; look at the map again.',
    })
  const { settings, clients } = currentTarget()
  const config = await readConfig(clients(), settings, subject, Date.now())
  return Response.json(config, { headers: dataHeaders })
})
