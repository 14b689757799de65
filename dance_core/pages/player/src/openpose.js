// Made by make_skeleton.py from motion/openpose.py, motion/camera.py and body/openpose_picture.py.
export const POINTS = 18;
// [keypoint, joint] of those that are joints; the neck lies between the shoulders
export const AT_JOINTS = [[2, 17], [3, 19], [4, 21], [5, 16], [6, 18], [7, 20], [8, 2], [9, 5], [10, 8], [11, 1], [12, 4], [13, 7]];
export const NOSE = 0, NECK = 1, RIGHT_SHOULDER = 2, LEFT_SHOULDER = 5;
export const RIGHT_EAR = 16, LEFT_EAR = 17, HEAD = 15;
// the face's keypoints; m from the head joint, where their skin looks, the cosines of fading
export const FACE = [0, 14, 15, 16, 17];
export const FACE_OFFSETS = [[0.0, 0.0019, 0.1174], [-0.03, 0.0378, 0.089], [0.03, 0.0378, 0.089], [-0.0799, 0.0387, 0.0], [0.0799, 0.0387, 0.0]];
export const LOOKS = [[0.0, 0.3, 0.95], [-0.34, 0.28, 0.9], [0.34, 0.28, 0.9], [-1.0, 0.0, 0.0], [1.0, 0.0, 0.0]];
export const FADES = [[-0.25, 0.05], [-0.25, 0.05], [-0.25, 0.05], [-0.5, -0.15], [-0.5, -0.15]];
export const DRAWN = 0.3;
export const LIMBS = [[1, 2], [1, 5], [2, 3], [3, 4], [5, 6], [6, 7], [1, 8], [8, 9], [9, 10], [1, 11], [11, 12], [12, 13], [1, 0], [0, 14], [14, 16], [0, 15], [15, 17]];
export const COLOURS = [[255, 0, 0], [255, 85, 0], [255, 170, 0], [255, 255, 0], [170, 255, 0], [85, 255, 0], [0, 255, 0], [0, 255, 85], [0, 255, 170], [0, 255, 255], [0, 170, 255], [0, 85, 255], [0, 0, 255], [85, 0, 255], [170, 0, 255], [255, 0, 255], [255, 0, 170], [255, 0, 85]];
export const WIDTH = 4, SIDE = 512, DIM = 0.6;
// of the cameras that find their place by themselves: degrees, metres, seconds
export const ANGLE = 30.0, EYE_M = 1.25, AIM_M = 0.92, SLOW_S = 0.9, MARGIN_M = 0.22, NEAREST_M = 3.7, SPARE_M = 0.1;
