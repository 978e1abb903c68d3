import type { Format } from './rendered'

const extensions: Readonly<Record<Format, string>> = {
  cli: 'sh',
  cloudformation: 'yaml',
  cdk: 'ts',
  terraform: 'tf',
  json: 'json',
}

const LONGEST = 60
/** Windows keeps these for devices, whatever the extension. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/

/** `scale-web-to-3.sh`: lower case, digits and hyphens only, so that no title names a path, a device or an option. */
export function fileNameOf(title: string, format: Format): string {
  const words =
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  const slug = words.join('-').slice(0, LONGEST).replace(/-$/, '')
  const name = slug === '' || devices.test(slug) ? `plan${slug && `-${slug}`}` : slug
  return `${name}.${extensions[format]}`
}
