import {empty} from '../parts/states.js';
export const view = () => empty({title: 'settings', text: ''});
