import { z } from 'zod'
import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { draftOf } from '@/lib/changes/connect/draft'
import { clusterArn, serviceArn } from '@/lib/changes/fields/arn'
import { orRefused } from '@/lib/plan/or-refused'
import { orRefusal } from '@/lib/plan/run-response'
import { readWorld } from '@/lib/world/read-world'

const asked = z.object({ clusterArn, serviceArn })

/** What the form for a service's Service Connect starts from, read just now. Nothing is sent. For those who may change it. */
export const GET = route({ role: 'operator' }, (request) =>
  orRefusal(async () => {
    const { searchParams } = request.nextUrl
    const parsed = asked.safeParse({
      clusterArn: searchParams.get('cluster') ?? '',
      serviceArn: searchParams.get('service') ?? '',
    })
    if (!parsed.success)
      return errorResponse(400, {
        code: 'InvalidInput',
        message: 'A service is asked for by the ARNs of its cluster and its own.',
        remedy: 'Choose a service on the map.',
      })
    const input = parsed.data
    const world = await orRefused('reading the target', () => readWorld({ kind: 'service-connect', input }))
    return Response.json(draftOf(input.clusterArn, input.serviceArn, world), { headers: dataHeaders })
  }),
)
