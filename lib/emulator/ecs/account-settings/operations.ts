import type {
  DeleteAccountSettingRequest,
  DeleteAccountSettingResponse,
  ListAccountSettingsRequest,
  ListAccountSettingsResponse,
  PutAccountSettingDefaultRequest,
  PutAccountSettingDefaultResponse,
  PutAccountSettingRequest,
  PutAccountSettingResponse,
  Setting,
  SettingName,
} from '@aws-sdk/client-ecs'
import type { Context, Operation } from '../../context'
import { makeRootArn } from '../arns'
import { invalidParameter } from '../errors'
import { pageOf } from '../paging'
import {
  checkSetting,
  effectiveSetting,
  isSettingName,
  principalOf,
  settingKey,
  settingRules,
} from './settings'

const maxPageSize = 10

function put(context: Context, principalArn: string, name: string, value: string): { setting: Setting } {
  checkSetting(name, value)
  context.state.ecs.accountSettings.set(settingKey(principalArn, name), { name, value, principalArn })
  return { setting: effectiveSetting(context, principalArn, name) }
}

const putAccountSetting: Operation<PutAccountSettingRequest, PutAccountSettingResponse> = (context, input) =>
  put(context, principalOf(context, input.principalArn), input.name ?? '', input.value ?? '')

/** For everybody of the account who has no value of their own. */
const putAccountSettingDefault: Operation<
  PutAccountSettingDefaultRequest,
  PutAccountSettingDefaultResponse
> = (context, input) => put(context, makeRootArn(context.scope), input.name ?? '', input.value ?? '')

/** Gives back what was in force. */
const deleteAccountSetting: Operation<DeleteAccountSettingRequest, DeleteAccountSettingResponse> = (
  context,
  input,
) => {
  const name = requireName(input.name)
  const principalArn = principalOf(context, input.principalArn)
  const setting = effectiveSetting(context, principalArn, name)
  context.state.ecs.accountSettings.delete(settingKey(principalArn, name))
  return { setting: { ...setting, principalArn } }
}

/** Only what somebody set; with `effectiveSettings` all of them with what is in force. 10 a page at most. */
const listAccountSettings: Operation<ListAccountSettingsRequest, ListAccountSettingsResponse> = (
  context,
  input,
) => {
  if (input.value !== undefined && input.name === undefined)
    throw invalidParameter('To filter by value, specify an account setting name as well.')
  if ((input.maxResults ?? 1) > maxPageSize)
    throw invalidParameter(`maxResults must be a whole number between 1 and ${maxPageSize}.`)
  const principalArn = principalOf(context, input.principalArn)
  const names =
    input.name === undefined ? Object.keys(settingRules).filter(isSettingName) : [requireName(input.name)]
  const found = new Map<string, Setting>()
  for (const name of names) {
    const isSet = context.state.ecs.accountSettings.has(settingKey(principalArn, name))
    const setting = effectiveSetting(context, principalArn, name)
    if (!isSet && !input.effectiveSettings) continue
    if (input.value === undefined || setting.value === input.value) found.set(name, setting)
  }
  const { keys, ...rest } = pageOf('ListAccountSettings', [...found.keys()], input, { pageSize: maxPageSize })
  return { settings: keys.flatMap((key) => found.get(key) ?? []), ...rest }
}

function requireName(name: string | undefined): SettingName {
  if (name === undefined || !isSettingName(name))
    throw invalidParameter(`Invalid account setting name '${name ?? ''}'.`)
  return name
}

/** The operations on account settings. Only containerInsights has an effect here: new clusters begin with it. */
export const accountSettingOperations = {
  PutAccountSetting: putAccountSetting,
  PutAccountSettingDefault: putAccountSettingDefault,
  DeleteAccountSetting: deleteAccountSetting,
  ListAccountSettings: listAccountSettings,
}
