import type { ServiceValues } from './values'

/** A place of the values and what it should hold. */
export type Follow = { readonly field: string; readonly value: string }

/** `backend-api` for the image `123.dkr.ecr.eu-west-1.amazonaws.com/team/backend-api:1.2@sha256:…`; empty when there is none. */
export function nameOfImage(image: string): string {
  const path = image.split('@')[0] ?? ''
  const last = path.slice(path.lastIndexOf('/') + 1)
  return (last.split(':')[0] ?? '').replace(/[^A-Za-z0-9_-]/g, '-')
}

/** Names of Service Connect are lowercase, and never start with a hyphen. */
const endpointNameOf = (name: string) => name.toLowerCase().replace(/^-+/, '')

/** What the name of a service suggests for the names around it, as long as nobody wrote others there. */
const suggestions = (name: string) => ({
  'taskDefinition.form.family': name,
  'taskDefinition.form.containers.0.name': name,
  'taskDefinition.form.containers.0.logs.group': name === '' ? '' : `/ecs/${name}`,
  'registry.service.name': name,
  'serviceConnect.endpoints.0.discoveryName': endpointNameOf(name),
  'serviceConnect.endpoints.0.aliasDnsName': endpointNameOf(name),
})

const heldBy = (
  values: ServiceValues,
): Readonly<Record<keyof ReturnType<typeof suggestions>, string | undefined>> => {
  const [container] = values.taskDefinition.form.containers
  const [endpoint] = values.serviceConnect.endpoints
  return {
    'taskDefinition.form.family': values.taskDefinition.form.family,
    'taskDefinition.form.containers.0.name': container?.name,
    'taskDefinition.form.containers.0.logs.group': container?.logs.group,
    'registry.service.name': values.registry.service.name,
    'serviceConnect.endpoints.0.discoveryName': endpoint?.discoveryName,
    'serviceConnect.endpoints.0.aliasDnsName': endpoint?.aliasDnsName,
  }
}

/** The fields that follow when the service's name changes: those that are empty or still say what the name before suggested. */
export function followName(values: ServiceValues, before: string, now: string): readonly Follow[] {
  const held = heldBy(values)
  const old: Readonly<Record<string, string>> = suggestions(before)
  return Object.entries(suggestions(now)).flatMap(([field, value]) => {
    const is = Object.entries(held).find(([name]) => name === field)?.[1]
    return is !== undefined && (is === '' || is === old[field]) && is !== value ? [{ field, value }] : []
  })
}
