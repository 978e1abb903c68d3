import type { Context } from '../context'
import type { ApiError } from '../wire/api-error'

/**
 * Honours a request that AWS would refuse, and says so; with `config.strict` it refuses as AWS does.
 * Gives back the sentence for the service's events.
 */
export function honour(context: Context, subject: string, refusal: ApiError): string {
  if (context.config.strict) throw refusal
  const remark = `AWS would refuse this with ${refusal.code}: ${refusal.message}`
  context.log('warn', `${subject}: ${remark}`)
  return remark
}
