import type { ZodType } from 'zod'

/** What a schema says of an input: `containers.0.name: Give the container a name.` */
export function issuesOf(schema: ZodType, input: unknown): readonly string[] {
  const parsed = schema.safeParse(input)
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}
