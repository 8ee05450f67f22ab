// English of the frame around the views: top bar, menus, notices. Whole sentences; slots are parameters.
export const shell = {
  appName: 'CalicoScope',
}
