export { type AugmentationRules, type Changes, drawChanges, unchanged } from './changes.ts';
export { type GreyPlanes, greyPlanes } from './grey-planes.ts';
export { renderPicture, type ValueRange } from './render.ts';
