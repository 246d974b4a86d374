/** File names of a workspace. */
export const workspaceNames = {
  config: 'config.yaml',
  params: 'params.yaml',
  pipeline: 'dvc.yaml',
  lock: 'dvc.lock',
  code: 'code.yaml',
  state: '.hilum',
} as const;
