import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { currentFeed } from '@/lib/feed/feed'

/** The map as JSON. 503 when nothing could be read yet. */
export const GET = route({ role: 'viewer' }, async () => {
  const feed = currentFeed()
  const topology = await feed.fresh()
  if (topology) return Response.json(topology, { headers: dataHeaders })
  const { failure } = feed.status()
  return errorResponse(503, {
    code: failure?.errorName ?? 'NotReadYet',
    message: failure?.message ?? 'Nothing has been read yet.',
    remedy: failure?.remedy ?? 'Ask again in a moment.',
  })
})
