import { route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { choicesFrom } from '@/lib/changes/choices'
import { readWorld } from '@/lib/world/read-world'

/** What forms can offer: clusters, namespaces, services, network. No environment values. */
export const GET = route({ role: 'viewer' }, async () =>
  Response.json(choicesFrom(await readWorld()), { headers: dataHeaders }),
)
