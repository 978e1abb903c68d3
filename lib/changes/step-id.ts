/**
 * `service` and `Frontend.Web` → `service-frontend-web`. Kebab-case and stable for the same input; two things of one plan whose names
 * differ only in signs are told apart by the caller.
 */
export function stepId(thing: string, name: string): string {
  const rest = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
  return rest === '' ? thing : `${thing}-${rest}`
}

/** Gives each id once: a second `delete-web` becomes `delete-web-2`. For plans whose things come from the world. */
export function makeStepIds(): (thing: string, name: string) => string {
  const taken = new Set<string>()
  return (thing, name) => {
    const wanted = stepId(thing, name)
    let id = wanted
    for (let number = 2; taken.has(id); number += 1) id = `${wanted}-${number}`
    taken.add(id)
    return id
  }
}
