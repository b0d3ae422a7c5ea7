-- looked-after episode: every episode ever recorded.
-- Left out of the stock extract's filters:
--   the test that the child is in ssd_person. Stock has no window here.
-- Whether the reason codes are those of the 903 return is not shown in the facts we have: check.
-- CATEGORYOFNEED is text; casescope map proposes the codes.
-- Each episode is its own placement: the stock placement id is an address, which siblings share.
SELECT
    e.PERSONID AS clae_person_id,
    e.PERIODOFCAREID AS clae_cla_id,
    CAST(e.EOCSTARTDATE AS DATE) AS clae_cla_episode_start_date,
    e.EOCSTARTREASONCODE AS clae_cla_episode_start_reason,
    CAST(e.EOCENDDATE AS DATE) AS clae_cla_episode_ceased_date,
    COALESCE(e.EOCENDREASONCODE, e.EOCENDREASON) AS clae_cla_episode_ceased_reason,
    CAST(p.ADMISSIONDATE AS DATE) AS clae_entered_care_date,
    e.EPISODEOFCAREID AS clae_cla_placement_id,
    e.CATEGORYOFNEED AS clae_cla_primary_need_code,
    e.EPISODEOFCAREID AS clae_cla_episode_id
FROM CLAEPISODEOFCAREVIEW AS e
LEFT JOIN CLAPERIODOFCAREVIEW AS p
    ON p.PERIODOFCAREID = e.PERIODOFCAREID
