import { parse, type ScalarTag } from 'yaml'

/** CloudFormation's short forms as it reads them: `!Ref X` is `{ Ref: X }`. */
const shortForms: ScalarTag[] = [
  { tag: '!Ref', resolve: (name) => ({ Ref: name }) },
  {
    tag: '!GetAtt',
    resolve: (path) => ({
      'Fn::GetAtt': [path.slice(0, path.indexOf('.')), path.slice(path.indexOf('.') + 1)],
    }),
  },
]

export type TemplateResource = {
  readonly Type: string
  readonly DependsOn?: string | readonly string[]
  readonly Properties: Readonly<Record<string, unknown>>
}

/** The resources of a template as a YAML parser of either version reads them. */
export function parseTemplate(
  text: string,
  version: '1.1' | '1.2' = '1.2',
): Readonly<Record<string, TemplateResource>> {
  const { Resources } = parse(text, { customTags: (tags) => [...tags, ...shortForms], version })
  return Resources
}
