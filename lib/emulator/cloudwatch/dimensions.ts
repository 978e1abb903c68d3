import { validationError } from './errors'
import type { Dimension } from './store'

/** CloudWatch takes at most 30 dimensions on a metric (API reference, "Metric"). */
const MOST = 30

type Given = { readonly Name?: string | undefined; readonly Value?: string | undefined }

/** Dimensions of a request, checked. Throws `ValidationException`. */
export function readDimensions(given: readonly Given[] | undefined, where: string): readonly Dimension[] {
  const dimensions = given ?? []
  if (dimensions.length > MOST)
    throw validationError(`The collection ${where} must not have a size greater than ${MOST}.`)
  return dimensions.map(({ Name: name = '', Value: value = '' }, index) => {
    if (name === '' || value === '' || name.length > 255 || value.length > 1024)
      throw validationError(
        `The parameter ${where}.member.${index + 1} must have a Name of 1 to 255 and a Value of 1 to 1024 characters.`,
      )
    return { name, value }
  })
}
