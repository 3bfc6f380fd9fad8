"""Made-up exports, small enough to be checked by hand; headings as their publishers write them."""

import io

import pandas as pd

REST = {"price": "price_usd_per_mwh", "water": "water_m3_per_mwh", "carbon": "carbon_t_per_mwh"}
REST["demand"] = "demand_mw"
PLACE = "DEU,52,13,100000"


def sites(lacking: str, **zones: str) -> str:
    """A table of sites by their zones, with 1 for each quantity of `lacking`."""
    columns = [REST[name] for name in lacking.split()]
    head = ["site", "country", "latitude", "longitude", "capacity_mw", "zone", *columns]
    rows = [",".join([name, PLACE, zone, *("1" for _ in columns)]) for name, zone in zones.items()]
    return "\n".join([",".join(head), *rows])


def lines(head: str, *rows: str) -> str:
    return "\n".join([head, *rows]) + "\n"


def parquet(text: str, index: str) -> bytes:
    """CSV as Parquet with `index`, a column of times, as its index."""
    frame = pd.read_csv(io.StringIO(text), parse_dates=[index]).set_index(index)
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    return buffer.getvalue()


MAPS = lines(
    "Datetime (UTC),Country,Zone name,Zone id,Carbon intensity gCO₂eq/kWh (direct),"
    "Carbon intensity gCO₂eq/kWh (Life cycle),Carbon-free energy percentage (CFE%),"
    "Renewable energy percentage (RE%),Data source,Data estimated,Data estimation method",
    "2024-01-01 00:00:00,Germany,Germany,DE,300,350,40,30,x,false,",
    "2024-01-01 01:00:00,Germany,Germany,DE,310,360.5,40,30,x,true,y",
)
MAPS_BEFORE = lines(
    "Datetime (UTC),Country,Zone Name,Zone Id,Carbon Intensity gCO₂eq/kWh (direct),"
    "Carbon Intensity gCO₂eq/kWh (LCA),Low Carbon Percentage,Renewable Percentage",
    "2023-01-01 00:00:00,Germany,Germany,DE,300,350,40,30",
    "2023-01-01 01:00:00,Germany,Germany,DE,310,360.5,40,30",
)
# Twelve stamps at the end of five minutes make an hour; a thirteenth is cut.
AEMO = lines(
    "REGION,SETTLEMENTDATE,TOTALDEMAND,RRP,PERIODTYPE",
    *(f"NSW1,2023/01/01 00:{5 * at:02}:00,{100 * at},{at},TRADE" for at in range(1, 12)),
    "NSW1,2023/01/01 01:00:00,1200,12,TRADE",
    "NSW1,2023/01/01 01:05:00,9999,99,TRADE",
)
AEMO_HALF_HOURS = lines(
    "REGION,SETTLEMENTDATE,TOTALDEMAND,RRP,PERIODTYPE",
    "NSW1,2021/01/01 00:30:00,10,1,TRADE",
    "NSW1,2021/01/01 01:00:00,20,2,TRADE",
    "NSW1,2021/01/01 01:30:00,30,3,TRADE",
    "NSW1,2021/01/01 02:00:00,60,5,TRADE",
)
# The night on which clocks are put back: 02:00 stands twice.
ENTSOE_OCTOBER = lines(
    '"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]","Currency","BZN|DE-LU"',
    *(
        f'"29.10.2023 0{hour}:00 - 29.10.2023 0{hour + 1}:00","{price}","EUR",""'
        for hour, price in ((0, 10), (1, 20), (2, 30), (2, 40), (3, 50))
    ),
)
ENTSOE_MARCH = lines(
    '"MTU (CET/CEST)","Day-ahead Price [EUR/MWh]","Currency","BZN|DE-LU"',
    '"26.03.2023 01:00 - 26.03.2023 02:00","10","EUR",""',
    '"26.03.2023 02:00 - 26.03.2023 03:00","","",""',
    '"26.03.2023 03:00 - 26.03.2023 04:00","20","EUR",""',
)
ENTSOE_QUARTERS = lines(
    '"MTU (UTC)","Area","Sequence","Day-ahead Price (EUR/MWh)","Intraday Period (UTC)",'
    '"Intraday Price (EUR/MWh)"',
    *(
        f'"01/10/2025 00:{at:02}:00 - 01/10/2025 0{(at + 15) // 60}:{(at + 15) % 60:02}:00",'
        f'"BZN|DE-LU","Sequence {auction}","{at + 1000 * (auction - 1)}","",""'
        for auction in (1, 2)
        for at in (0, 15, 30, 45)
    ),
)
# 0.968 x 100 coal + 0.0225 x 300 wind, in 400 MW: 0.258875 t/MWh; 450 x 100 / 400 gal/MWh.
ENTSOE_GENERATION = lines(
    '"Area","MTU","Fossil Hard coal  - Actual Aggregated [MW]",'
    '"Fossil Brown coal/Lignite  - Actual Aggregated [MW]",'
    '"Hydro Pumped Storage  - Actual Aggregated [MW]",'
    '"Hydro Pumped Storage  - Actual Consumption [MW]","Nuclear  - Actual Aggregated [MW]",'
    '"Wind Onshore  - Actual Aggregated [MW]"',
    *(
        f'"Germany (DE)","01.01.2023 00:{at:02} - 01.01.2023 0{(at + 15) // 60}:{(at + 15) % 60:02}'
        f' (CET/CEST)","{60 + at - 22.5}","40","999","7","n/e","300"'
        for at in (0, 15, 30, 45)
    ),
)
ENTSOE_TYPES = lines(
    '"MTU (CET/CEST)","Area","Production Type","Generation (MW)"',
    *(
        f'"27/10/2024 02:00:00 ({clock}) - 27/10/2024 0{end}:00:00 (CET)","BZN|DE-LU",'
        f'"{kind}","{mw}"'
        for clock, end, coal in (("CEST", 2, 100), ("CET", 3, 300))
        for kind, mw in (("Fossil Hard coal", coal), ("Wind Onshore", 300), ("Waste", "n/e"))
    ),
)
ENTSOE_LOAD = lines(
    '"Time (UTC)","Day-ahead Total Load Forecast [MW] - BZN|SE4",'
    '"Actual Total Load [MW] - BZN|SE4"',
    '"01.01.2023 00:00 - 01.01.2023 01:00","1","2500"',
    '"01.01.2023 01:00 - 01.01.2023 02:00","1","2600"',
)
# 0.968 x 10,000 coal + 0.44 x 30,000 gas, in 40,000 MW: 0.572 t/MWh; 337.5 gal/MWh.
EIA = lines(
    "Balancing Authority,Data Date,Hour Number,Local Time at End of Hour,UTC Time at End of Hour,"
    "Demand (MW),Demand (MW) (Adjusted),Net Generation (MW),Net Generation (MW) from Coal,"
    "Net Generation (MW) from Natural Gas,Net Generation (MW) from Nuclear,"
    "Net Generation (MW) from Solar with Integrated Battery Storage,"
    "Net Generation (MW) from Battery Storage,Region",
    'PJM,1/1/2023,1,x,01/01/2023 6:00:00 AM,1,"85,000",1,"10,000","30,000",,-2,-5,MIDA',
    "MISO,1/1/2023,1,x,01/01/2023 6:00:00 AM,1,2,3,4,5,6,7,8,MIDW",
)
EIA_MONITOR = lines(
    "BA Code,Timestamp (Hour Ending),Demand (MWh),Net Generation (MWh),Coal Generation (MWh),"
    "Natural gas Generation (MWh)",
    "PJM,1/1/2023 1 a.m. EST,85000,40000,10000,30000",
)
EIA_DEMAND = lines(
    "period,respondent,respondent-name,type,type-name,value,value-units",
    "2023-01-01T06,PJM,PJM,D,Demand,85000,megawatthours",
    "2023-01-01T06,PJM,PJM,DF,Forecast,1,megawatthours",
)
EIA_FUELS = lines(
    "period,respondent,respondent-name,fueltype,type-name,value,value-units",
    "2023-01-01T06,PJM,PJM,COL,Coal,10000,megawatthours",
    "2023-01-01T06,PJM,PJM,NG,Natural Gas,30000,megawatthours",
    "2023-01-01T06,PJM,PJM,PS,Pumped storage,500,megawatthours",
)
# Twelve values, mean 1000 lb/MWh.
WATTTIME = lines(
    "point_time,value,frequency,market,ba,datatype,version",
    *(
        f"2023-01-01T00:{5 * at:02}:00+00:00,{945 + 10 * at},300,RTM,PJM_DC,MOER,3.2"
        for at in range(12)
    ),
)
WATTTIME_NOW = lines(
    "point_time,value",
    *(f"2023-01-01 00:{5 * at:02}:00+00:00,{945 + 10 * at}" for at in range(12)),
)
CAISO = lines(
    "INTERVALSTARTTIME_GMT,INTERVALENDTIME_GMT,OPR_DT,OPR_HR,OPR_INTERVAL,NODE_ID_XML,NODE_ID,NODE,"
    "MARKET_RUN_ID,LMP_TYPE,XML_DATA_ITEM,PNODE_RESMRID,GRP_TYPE,POS,MW,GROUP",
    *(
        f"2023-01-01T{hour:02}:00:00-00:00,2023-01-01T{hour + 1:02}:00:00-00:00,2023-01-01,1,0,"
        f"TH_NP15_GEN-APND,TH_NP15_GEN-APND,TH_NP15_GEN-APND,DAM,{kind},x,x,ALL,0,{price},1"
        for hour in (8, 9)
        for kind, price in (("LMP", 10 * hour), ("MCC", 1), ("MCE", 2))
    ),
)
PJM = lines(
    "datetime_beginning_utc,datetime_beginning_ept,pnode_id,pnode_name,voltage,total_lmp_da",
    "1/1/2023 5:00:00 AM,1/1/2023 12:00:00 AM,51301,PSEG,,30.5",
    "1/1/2023 6:00:00 AM,1/1/2023 1:00:00 AM,51301,PSEG,,31.5",
)
PJM_LOAD = lines(
    "datetime_beginning_utc,datetime_beginning_ept,nerc_region,mkt_region,zone,load_area,mw,is_verified",
    "1/1/2023 5:00:00 AM,1/1/2023 12:00:00 AM,RFC,MIDATL,PS,PS,4000.5,true",
)
NYISO = lines(
    '"Time Stamp","Name","PTID","LBMP ($/MWHr)","Marginal Cost Losses ($/MWHr)",'
    '"Marginal Cost Congestion ($/MWHr)"',
    *(
        f'"11/05/2023 {hour:02}:00","N.Y.C.",61761,{price},0,0'
        for hour, price in ((0, 10), (1, 20), (1, 30), (2, 40))
    ),
)
ERCOT = lines(
    "DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag",
    "11/05/2023,01:00,HB_HOUSTON,10,N",
    "11/05/2023,02:00,HB_HOUSTON,20,N",
    "11/05/2023,02:00,HB_HOUSTON,30,Y",
    "11/05/2023,03:00,HB_HOUSTON,40,N",
)
ERCOT_QUARTERS = lines(
    "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,"
    "SettlementPointPrice,DSTFlag",
    *(f"01/31/2023,24,{at},LZ_WEST,LZ,{10 * at},N" for at in (1, 2, 3, 4)),
)
