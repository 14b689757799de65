"""How good is a dance? Published measures as their code has them, our own, and controls that must fail.

    alignment   does it fall on the beat?            limits      what no body does, by the second
    beatscores  as Bailando, Lodge, AIST++ count it  anchors     what others measured on AIST++
    kinetic     72 features of movement              geometric   32 features of posture
    distances   FID and Div from those               feet        PFC, skating
    movement    speed, jerk, stillness, seams, hands copying     distance to what was learned from
    structure   do bars come back with the music's?  places      joints at a measure's frame rate
    measures    all of these for one dance           evaluator/  a judge of style and music of its own
    reconstruction                                   what SoulNet's codec keeps of a dance
    following, covers, unlike, limbs → stress → stress_report: where music does what songs seldom do
    clips, controls, making, phaselock → protocol → columns, criteria → report: a generator's table
    aistpp      the published scores on real AIST++ dances
"""
