/** Endings that say what a thing is and not which: `backend-api` is called by `BACKEND_URL`. */
const kindEndings = /[-_.](api|service|svc|server)$/i

/** What an environment variable that holds this service's address is usually called: `BACKEND_URL`, `APP2_URL`. */
export function variableFor(service: string, value: string): string {
  const stem = service.replace(kindEndings, '')
  const name = stem
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  const ending = /^https?:/.test(value) ? 'URL' : 'ADDRESS'
  return name === '' ? ending : `${/^\d/.test(name) ? `_${name}` : name}_${ending}`
}
