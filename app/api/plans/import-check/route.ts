import { z } from 'zod'
import { errorResponse, route } from '@/lib/access/route'
import { dataHeaders } from '@/lib/access/security-headers'
import { readJsonBody } from '@/lib/plan/json-body'
import { planImported } from '@/lib/plan/plan-imported'
import { previewOf } from '@/lib/plan/preview'
import { orRefusal } from '@/lib/plan/run-response'

const bodySchema = z.strictObject({ text: z.string() })

/** What an exported plan would do, as a preview. Nothing is sent. */
export const POST = route({ role: 'operator' }, (request) =>
  orRefusal(async () => {
    const body = await readJsonBody(request)
    if ('refusal' in body) return body.refusal
    const parsed = bodySchema.safeParse(body.value)
    if (!parsed.success)
      return errorResponse(400, {
        code: 'InvalidImport',
        message: 'An import is checked by its text.',
        remedy: 'Reload the page; it may be of an older console.',
      })
    return Response.json(await previewOf(await planImported(parsed.data.text)), { headers: dataHeaders })
  }),
)
