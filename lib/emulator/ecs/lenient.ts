import type { EmulatorConfig } from '../config'
import type { ApiError } from '../wire/api-error'

/**
 * Honours a request that AWS would refuse; with `config.strict` it refuses as AWS does. Gives back the sentence to say
 * about it: nothing is honoured in silence.
 */
export function honour({ strict }: Pick<EmulatorConfig, 'strict'>, refusal: ApiError): string {
  if (strict) throw refusal
  return `AWS would refuse this with ${refusal.code}: ${refusal.message}`
}
