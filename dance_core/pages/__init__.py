"""The pages: what visitors see and press. Wiring only; what is made and measured comes from the other rooms.

    build     all pages as one Gradio app          theme, style.css   how they look
    dance     the Dance page                       dancing            an order → what it shows, step by step
    poses     first poses: gallery, files, takes   results            a finished Take in words and a chart
    rating    votes on a Take                      widgets            small components beside the player
    mending   the panel "Beats": presses and taps become beats
    player/   dancers on the clock of the music    wire               motions as bytes for the browser
    rate      the Rate page of studies (rate.js)   rate_player        its stage, blind
    results_page  what a study found               results_door       the password before it
    files     what browsers fetch, and its end     gate               what stands before Gradio
    front     who asks, and from whose page        rates              how much one visitor may ask for
    line      the line before the dance floor      packed             answers in as few bytes as can be
    place, serve  where it listens; the server
"""
