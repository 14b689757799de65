// Roles of colour on a drawn dancer; theme.js says which colour each has.
export const SKIN = 0, TOP = 1, TROUSERS = 2, SHOES = 3, SOLES = 4, HAIR = 5; // on the canvas
export const MIDDLE = 0, LEFT = 1, RIGHT = 2, JOINT = 3, HEAD = 4; // of the skeleton
