"""Motion on a body: picture, mesh, GLB, video.

sketch, mannequin, sheet   without GL and without a mesh: shaded capsules, contact sheets
model                      the skinned body (assets/body, or a licensed SMPL-X file): vertices from a Motion
avatar, gltf               the body as GLB, at rest for the browser or with a dance
floor, light, stage        one picture of the body over a floor, by software OpenGL
strip, mux                 the strip of beats, H.264 and AAC
film, film_worker          a video with its music, in a process of its own
openpose_picture, _files    the flat skeleton of pose-to-video models: drawn, as JSON, as a video
thumbs                     pictures of poses; exports: every kind of file of a Take
build/                     makes assets/body from free data; not needed to run
"""
