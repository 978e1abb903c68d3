import { z } from 'zod'
import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { planChange } from '@/lib/changes/catalogue'
import { changeKinds } from '@/lib/changes/change'
import { readJsonBody } from '@/lib/plan/json-body'
import { orRefused } from '@/lib/plan/or-refused'
import { previewOf } from '@/lib/plan/preview'
import { orRefusal } from '@/lib/plan/run-response'
import { readWorld } from '@/lib/world/read-world'

const bodySchema = z.strictObject({ kind: z.enum(changeKinds), input: z.unknown() })

/** Plans made of the input alone. */
const isForViewers = (kind: string): boolean => kind.startsWith('create-') || kind === 'deploy-example'

/**
 * What a change would do: its plan, or why there is none, and the plan in every language. Nothing is sent. Who may only look can see what
 * a new thing would be made by, to take the code along; plans about existing things hold more of the target than a viewer sees.
 */
export const POST = route({ role: 'viewer' }, (request, session) =>
  orRefusal(async () => {
    const body = await readJsonBody(request)
    if ('refusal' in body) return body.refusal
    const parsed = bodySchema.safeParse(body.value)
    if (!parsed.success)
      return errorResponse(400, {
        code: 'InvalidPreview',
        message: 'A preview is asked for by the kind of a change and its input.',
        remedy: 'Reload the page; it may be of an older console.',
      })
    const { kind, input } = parsed.data
    if (session.role !== 'operator' && !isForViewers(kind))
      return errorResponse(403, {
        code: 'NotAllowed',
        message: 'This console is read-only.',
        remedy: 'Start it without --read-only to plan changes of what is there.',
      })
    const world = await orRefused('reading the target', () => readWorld({ kind, input }))
    const planned = planChange(kind, input, world)
    return Response.json(await previewOf(planned), { headers: dataHeaders })
  }),
)
