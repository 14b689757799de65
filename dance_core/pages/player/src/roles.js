// Roles of colour on a drawn skeleton; theme.js says which colour each has.
export const MIDDLE = 0, LEFT = 1, RIGHT = 2, JOINT = 3, HEAD = 4;
